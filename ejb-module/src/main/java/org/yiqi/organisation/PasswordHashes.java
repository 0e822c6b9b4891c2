package org.yiqi.organisation;

import org.yiqi.organisation.domain.PasswordHash;

/** Makes the stored form of a password for accounts that are set up outside the registration. */
public final class PasswordHashes {

    private PasswordHashes() {}

    public static String of(String password) {
        return PasswordHash.of(password);
    }
}
