/** Reports as PDF files that look alike. */
@NullMarked
package org.yiqi.shared.pdf;

import org.jspecify.annotations.NullMarked;
