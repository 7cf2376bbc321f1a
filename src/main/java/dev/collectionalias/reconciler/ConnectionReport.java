package dev.collectionalias.reconciler;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.plan.Announcement;

/** The report of one pass over a connection, and when to look again if no event comes first. */
public record ConnectionReport(MilvusConnectionStatus status, List<Announcement> announcements, Duration delay) {}
