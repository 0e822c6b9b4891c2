/**
 * What Yiqi adds to an Artemis broker, embedded or external: who may connect and what a device may publish. This package
 * is also packed as a jar of its own for an external broker, see {@code config/artemis}.
 */
@NullMarked
package org.yiqi.standalone.broker;

import org.jspecify.annotations.NullMarked;
