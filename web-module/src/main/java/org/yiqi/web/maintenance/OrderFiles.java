package org.yiqi.web.maintenance;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.file.UploadedFile;
import org.yiqi.maintenance.WorkOrders;

/** Photos and documents that people add on a work order's page. */
@Named
@ViewScoped
public class OrderFiles implements Serializable {

    @Inject
    OrderPage page;

    @Inject
    WorkOrders orders;

    private transient @Nullable UploadedFile file;

    public String add() {
        Photos.of(file).forEach(f -> orders.attach(page.uuid(), f));
        return "/maintenance/order?faces-redirect=true&id=" + page.getId();
    }

    public @Nullable UploadedFile getFile() {
        return file;
    }

    public void setFile(@Nullable UploadedFile file) {
        this.file = file;
    }
}
