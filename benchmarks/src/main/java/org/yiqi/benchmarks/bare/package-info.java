/** What any application on the same server does at least: the reference of the REST figures. */
@NullMarked
package org.yiqi.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
