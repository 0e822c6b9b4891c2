package org.yiqi.web.maintenance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.file.UploadedFile;
import org.yiqi.maintenance.Attachment;

/** Files that a page received. */
final class Photos {

    private Photos() {}

    static List<Attachment> of(@Nullable UploadedFile file) {
        List<Attachment> files = new ArrayList<>();
        if (file != null && file.getSize() > 0) {
            files.add(new Attachment(file.getFileName(), file.getContent()));
        }
        return files;
    }
}
