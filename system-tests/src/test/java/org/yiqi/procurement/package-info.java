/** Tools and browser at work on the services' own database and ledger, without the server around them. */
@NullMarked
package org.yiqi.procurement;

import org.jspecify.annotations.NullMarked;
