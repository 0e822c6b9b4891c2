package org.yiqi.web.equipment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.DocumentKind;
import org.yiqi.equipment.Documents;

/** Adds and takes away documents of the unit that the page shows. */
@Named
@RequestScoped
public class UnitDocumentsView {

    @Inject
    UnitPage page;

    @Inject
    Documents documents;

    private @Nullable Part file;
    private DocumentKind kind = DocumentKind.PHOTO;

    public String add() {
        Part given = file;
        if (given != null && given.getSize() > 0) {
            try (InputStream content = given.getInputStream()) {
                documents.add(page.getUnit().id(), kind, name(given), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return "/equipment/unit?faces-redirect=true&tab=documents&id="
                + page.getUnit().id();
    }

    public void remove(UUID documentId) {
        documents.remove(page.getUnit().id(), documentId);
    }

    private static String name(Part part) {
        String name = part.getSubmittedFileName();
        return name == null ? "" : name;
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }

    public DocumentKind getKind() {
        return kind;
    }

    public void setKind(DocumentKind kind) {
        this.kind = kind;
    }
}
