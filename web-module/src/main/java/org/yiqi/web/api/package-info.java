/** The shape all REST resources share: application, problems, lists, versions. */
@NullMarked
package org.yiqi.web.api;

import org.jspecify.annotations.NullMarked;
