package org.yiqi.procurement;

/** A product of the catalogue is drafted, then seen by all, then given up. */
public enum ProductState {
    DRAFT,
    PUBLISHED,
    WITHDRAWN
}
