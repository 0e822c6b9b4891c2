/** What people run away from the platform: {@code java -jar yiqi-tools.jar COMMAND}. */
@NullMarked
package org.yiqi.tools;

import org.jspecify.annotations.NullMarked;
