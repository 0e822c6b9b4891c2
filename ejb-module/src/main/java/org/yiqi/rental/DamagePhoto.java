package org.yiqi.rental;

import org.yiqi.maintenance.Attachment;
import org.yiqi.shared.problem.RuleViolation;

/** A photo of a damage: JPEG or PNG by its bytes, whatever its name says. */
public final class DamagePhoto {

    private final Attachment file;

    /** @throws RuleViolation {@code maintenance.attachment-kind} and what else {@link Attachment} refuses */
    public DamagePhoto(String name, byte[] content) {
        file = new Attachment(name, content);
        if (!file.mediaType().startsWith("image/")) {
            throw new RuleViolation("maintenance.attachment-kind", "A JPEG or PNG photo").at("/photo", "JPEG or PNG");
        }
    }

    public String name() {
        return file.name();
    }

    public String mediaType() {
        return file.mediaType();
    }

    public byte[] content() {
        return file.content();
    }
}
