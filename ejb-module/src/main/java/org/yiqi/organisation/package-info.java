/**
 * Hospitals, suppliers, service providers, recyclers, carriers, regulators and the platform; the people who act for them,
 * their roles, how they sign in, and the qualification of an organisation.
 */
@NullMarked
package org.yiqi.organisation;

import org.jspecify.annotations.NullMarked;
