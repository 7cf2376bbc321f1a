package dev.collectionalias.act;

/** Says whether this process may still write: only the leader may, and only while its lease is valid. */
@FunctionalInterface
public interface WritePermit {

    /** @throws LostLeadershipException if another process may be writing */
    void require();

    /** The operator throws it instead of a write. */
    final class LostLeadershipException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LostLeadershipException() {
            super("this process does not hold the lease any more");
        }
    }
}
