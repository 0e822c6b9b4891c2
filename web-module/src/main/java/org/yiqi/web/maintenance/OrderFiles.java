package org.yiqi.web.maintenance;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.WorkOrders;

/** Photos and documents that people add on a work order's page. */
@Named
@ViewScoped
public class OrderFiles implements Serializable {

    @Inject
    OrderPage page;

    @Inject
    WorkOrders orders;

    private transient @Nullable Part file;

    public String add() {
        Photos.of(file).forEach(f -> orders.attach(page.uuid(), f));
        return "/maintenance/order?faces-redirect=true&id=" + page.getId();
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }
}
