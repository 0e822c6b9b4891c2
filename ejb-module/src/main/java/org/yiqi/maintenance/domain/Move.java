package org.yiqi.maintenance.domain;

import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.WorkOrderState;

/** One line of an order's history: the act and where it led. */
public record Move(String act, @Nullable WorkOrderState from, WorkOrderState to, String reason) {}
