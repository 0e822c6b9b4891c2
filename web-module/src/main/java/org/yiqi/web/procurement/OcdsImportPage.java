package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.file.UploadedFile;
import org.yiqi.procurement.OcdsImports;

/** Where a buyer brings its earlier tenders. */
@Named
@RequestScoped
public class OcdsImportPage {

    @Inject
    OcdsImports imports;

    private @Nullable UploadedFile file;
    private OcdsImports.@Nullable Outcome outcome;

    public List<OcdsImports.Imported> getImported() {
        return imports.mine();
    }

    public void take() throws IOException {
        UploadedFile chosen = file;
        if (chosen != null && chosen.getFileName() != null) {
            try (InputStream content = chosen.getInputStream()) {
                outcome = imports.take(content);
            }
        }
    }

    /** What came of the file that was just sent. */
    public OcdsImports.@Nullable Outcome getOutcome() {
        return outcome;
    }

    public @Nullable UploadedFile getFile() {
        return file;
    }

    public void setFile(@Nullable UploadedFile file) {
        this.file = file;
    }
}
