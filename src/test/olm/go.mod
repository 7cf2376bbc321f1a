// Where OLM's kinds come from, to hold the bundle in deploy/olm against their schema.
module dev.collectionalias/olm

go 1.26.0

require github.com/operator-framework/api v0.9.1
