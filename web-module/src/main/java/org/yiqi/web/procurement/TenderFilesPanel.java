package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.file.UploadedFile;
import org.yiqi.procurement.TenderDocument;
import org.yiqi.procurement.TenderDocuments;
import org.yiqi.procurement.TenderView;

/** The files of a tender on its page. */
@Named
@RequestScoped
public class TenderFilesPanel {

    @Inject
    TenderDocuments documents;

    private @Nullable UploadedFile file;

    public List<TenderDocument> of(TenderView tender) {
        return documents.of(tender.id());
    }

    public String add(TenderView tender) throws IOException {
        UploadedFile given = file;
        if (given != null) {
            documents.add(tender.id(), tender.version(), given.getFileName(), given.getInputStream());
        }
        return TenderPage.to(tender);
    }

    public String remove(TenderView tender, TenderDocument document) {
        return TenderPage.to(documents.remove(tender.id(), tender.version(), document.id()));
    }

    public @Nullable UploadedFile getFile() {
        return file;
    }

    public void setFile(@Nullable UploadedFile file) {
        this.file = file;
    }
}
