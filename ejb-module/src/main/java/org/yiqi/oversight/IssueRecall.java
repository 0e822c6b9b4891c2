package org.yiqi.oversight;

/** A recall to issue: what, how grave, and why. */
public record IssueRecall(String title, String reason, RecallClass recallClass, RecallScope scope) {}
