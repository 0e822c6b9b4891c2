package org.yiqi.web.equipment;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.ImportView;
import org.yiqi.equipment.Imports;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.web.shell.Texts;

/** Starts imports and shows how far they are. */
@Named
@ViewScoped
public class ImportsView implements Serializable {

    private static final int SHOWN = 20;

    @Inject
    Imports imports;

    @Inject
    Texts texts;

    private String what = "units";
    private transient @Nullable Part file;

    public List<ImportView> getImports() {
        return imports.list(new ListQuery(SHOWN, 0, null, List.of(), null, Map.of()))
                .items();
    }

    /** Whether the page still has something to wait for. */
    public boolean isUnderWay() {
        return getImports().stream().anyMatch(ImportView::underWay);
    }

    public @Nullable String start() {
        Part given = file;
        if (given == null || given.getSize() == 0) {
            String text = texts.get("equipment.import.choose");
            FacesContext.getCurrentInstance()
                    .addMessage("import:file", new FacesMessage(FacesMessage.SEVERITY_ERROR, text, text));
            return null;
        }
        try (InputStream content = given.getInputStream()) {
            if (what.equals("models")) {
                imports.models(name(given), content);
            } else {
                imports.units(name(given), content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "/equipment/imports?faces-redirect=true";
    }

    public String getWhat() {
        return what;
    }

    public void setWhat(@Nullable String what) {
        this.what = "models".equals(what) ? "models" : "units";
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
}
