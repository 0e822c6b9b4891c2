/** Reads device records of the US GUDID as a stream, so that a file of any size needs the memory of one record. */
@NullMarked
package org.yiqi.equipment.gudid;

import org.jspecify.annotations.NullMarked;
