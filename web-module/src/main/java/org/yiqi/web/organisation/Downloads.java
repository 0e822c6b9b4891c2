package org.yiqi.web.organisation;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.util.UUID;
import org.yiqi.organisation.StoredFile;

/** Sends a stored file to be saved, never to be shown: what others handed in does not run in our pages. */
final class Downloads {

    private Downloads() {}

    static void send(StoredFile file, UUID name) throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        external.responseReset();
        external.setResponseContentType(file.contentType());
        String extension = file.contentType().substring(file.contentType().indexOf('/') + 1);
        external.setResponseHeader("Content-Disposition", "attachment; filename=\"" + name + "." + extension + "\"");
        external.getResponseOutputStream().write(file.content());
        faces.responseComplete();
    }
}
