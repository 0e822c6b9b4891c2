/**
 * The frame around every page: texts, language, theme, navigation, search, dates and money as people read them. It knows no
 * area of the business; areas give it their places ({@link org.yiqi.web.shell.Places}) and what can be searched
 * ({@link org.yiqi.web.shell.SearchSource}).
 */
@NullMarked
package org.yiqi.web.shell;

import org.jspecify.annotations.NullMarked;
