package org.yiqi.web.equipment;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.file.UploadedFile;
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

    private @Nullable UploadedFile file;
    private DocumentKind kind = DocumentKind.PHOTO;

    public String add() {
        UploadedFile given = file;
        if (given != null && given.getFileName() != null) {
            try (InputStream content = given.getInputStream()) {
                documents.add(page.getUnit().id(), kind, given.getFileName(), content);
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

    public @Nullable UploadedFile getFile() {
        return file;
    }

    public void setFile(@Nullable UploadedFile file) {
        this.file = file;
    }

    public DocumentKind getKind() {
        return kind;
    }

    public void setKind(DocumentKind kind) {
        this.kind = kind;
    }
}
