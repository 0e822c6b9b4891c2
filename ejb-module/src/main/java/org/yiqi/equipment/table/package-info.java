/** Reads tables that people made, CSV or XLSX, row by row. */
@NullMarked
package org.yiqi.equipment.table;

import org.jspecify.annotations.NullMarked;
