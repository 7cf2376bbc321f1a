package dev.collectionalias.status;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.plan.Announcement;

/** What one pass over a connection reports, and when to look again if no event comes first. */
public record ConnectionReport(MilvusConnectionStatus status, List<Announcement> announcements, Duration delay) {}
