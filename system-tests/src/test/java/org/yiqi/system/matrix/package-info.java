/** Every operation of the API as every role, as nobody, and as another tenant. */
package org.yiqi.system.matrix;
