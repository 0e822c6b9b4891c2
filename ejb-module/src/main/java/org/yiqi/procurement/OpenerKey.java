package org.yiqi.procurement;

import java.util.UUID;

/**
 * A key that an opener made for one envelope of one tender. What is sealed for it only that opener can release.
 *
 * @param key the point on SM2's curve, Base64 of its encoding
 * @param proof the opener's signature with that key over tender, opener and envelope, Base64
 */
public record OpenerKey(UUID opener, Envelope envelope, String key, String proof) {}
