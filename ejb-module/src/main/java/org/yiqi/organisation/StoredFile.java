package org.yiqi.organisation;

/** A file as it was handed in, with the hash that was stored beside it. */
public final class StoredFile {

    private final String name;
    private final String contentType;
    private final byte[] content;
    private final String sha256;

    StoredFile(String name, String contentType, byte[] content, String sha256) {
        this.name = name;
        this.contentType = contentType;
        this.content = content;
        this.sha256 = sha256;
    }

    public String name() {
        return name;
    }

    public String contentType() {
        return contentType;
    }

    public byte[] content() {
        return content;
    }

    public String sha256() {
        return sha256;
    }
}
