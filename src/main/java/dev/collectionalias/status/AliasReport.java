package dev.collectionalias.status;

import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;

/** What one pass reports. */
public record AliasReport(CollectionAliasStatus status, List<Announcement> announcements, Next next) {}
