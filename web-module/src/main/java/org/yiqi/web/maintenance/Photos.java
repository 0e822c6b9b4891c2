package org.yiqi.web.maintenance;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.Attachment;

/** Files that a page received. */
final class Photos {

    private Photos() {}

    /** The file as one that an order takes, or nothing where none was chosen. */
    static List<Attachment> of(@Nullable Part file) {
        if (file == null || file.getSize() == 0) {
            return List.of();
        }
        try (InputStream in = file.getInputStream()) {
            String name = file.getSubmittedFileName();
            return List.of(new Attachment(name == null ? "" : name, in.readNBytes(Attachment.LARGEST + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
