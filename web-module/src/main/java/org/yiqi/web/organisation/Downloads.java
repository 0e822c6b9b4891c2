package org.yiqi.web.organisation;

import java.io.IOException;
import org.omnifaces.util.Faces;
import org.yiqi.organisation.StoredFile;

/** Files that a page's address asks for. */
final class Downloads {

    private Downloads() {}

    /** Under the name by which it was handed in, never shown inside the page. */
    static void send(StoredFile file) throws IOException {
        Faces.sendFile(file.content(), file.name(), true);
    }
}
