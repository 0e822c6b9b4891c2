/** The consortium's rules, each shown by an act that it accepts and one that it refuses. */
package org.yiqi.contract;
