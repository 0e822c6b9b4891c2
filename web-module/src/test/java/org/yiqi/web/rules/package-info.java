/** The rules of the house, checked: how areas, pages and texts are built. Each rule has a bad example that it must catch. */
package org.yiqi.web.rules;
