@org.jspecify.annotations.NullMarked
package org.yiqi.contract.receipt;
