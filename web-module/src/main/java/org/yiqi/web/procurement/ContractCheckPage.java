package org.yiqi.web.procurement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.file.UploadedFile;
import org.yiqi.procurement.ContractFile;
import org.yiqi.procurement.ContractSigning;

/** Anybody gives a contract's file and reads what it is. */
@Named
@RequestScoped
public class ContractCheckPage {

    @Inject
    ContractSigning signing;

    private @Nullable UploadedFile file;
    private @Nullable ContractFile result;

    public void check() {
        UploadedFile given = file;
        result = signing.check(given == null ? new byte[0] : given.getContent());
    }

    public @Nullable ContractFile getResult() {
        return result;
    }

    public @Nullable UploadedFile getFile() {
        return file;
    }

    public void setFile(@Nullable UploadedFile file) {
        this.file = file;
    }
}
