package org.yiqi.rental;

/** A dossier as a PDF. One that was put to signature has a digest in the act, over its salt and then its bytes. */
public final class LiabilityDossier {

    private final byte[] content;
    private final String salt;
    private final String digest;

    LiabilityDossier(byte[] content, String salt, String digest) {
        this.content = content.clone();
        this.salt = salt;
        this.digest = digest;
    }

    public byte[] content() {
        return content.clone();
    }

    /** In Base64; empty for a dossier that is not kept yet. */
    public String salt() {
        return salt;
    }

    /** SHA-256 in hexadecimal, as the act has it; empty for a dossier that is not kept yet. */
    public String digest() {
        return digest;
    }
}
