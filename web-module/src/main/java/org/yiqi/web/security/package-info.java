/** Signing in, the guards in front of pages and API, and the headers of every answer. */
@NullMarked
package org.yiqi.web.security;

import org.jspecify.annotations.NullMarked;
