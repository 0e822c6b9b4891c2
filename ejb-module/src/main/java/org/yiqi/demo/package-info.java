/**
 * The demo region: made up organisations, people, devices and a year of work, the same at every start. Only runs when
 * {@code yiqi.demo} is true and the database is empty. Reads and writes the other areas' tables; imported by none.
 */
@NullMarked
package org.yiqi.demo;

import org.jspecify.annotations.NullMarked;
