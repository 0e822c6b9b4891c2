package org.yiqi.oversight;

/** Cases of one kind that were opened in a period. */
public record OpenCases(String kind, long opened, long closed, long joint) {}
