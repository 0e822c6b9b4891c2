package org.yiqi.web.oversight;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.oversight.DataExportView;
import org.yiqi.oversight.DataExports;
import org.yiqi.oversight.RequestExport;
import org.yiqi.shared.problem.NotFound;

/** One request to send personal data abroad, from the wish to what has left. */
@Named
@ViewScoped
public class DataExportPage implements Serializable {

    @Inject
    DataExports exports;

    private String id = "";
    private @Nullable DataExportView export;
    private String recipient = "";
    private String country = "";
    private String purpose = "";
    private String legalBasis = "";
    private String categories = "";
    private long ordinary;
    private long sensitive;
    private String text = "";

    public void open() {
        export = exports.get(uuid());
    }

    private UUID uuid() {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new NotFound("oversight.export-not-found", "No such request", e);
        }
    }

    public String request() {
        id = exports.request(
                        new RequestExport(recipient, country, purpose, legalBasis, categories, ordinary, sensitive))
                .id()
                .toString();
        return here();
    }

    public String endorse() {
        exports.endorse(uuid());
        return here();
    }

    public String approve() {
        exports.decide(uuid(), true, text);
        return here();
    }

    public String refuse() {
        exports.decide(uuid(), false, text);
        return here();
    }

    public String send() {
        exports.send(uuid(), ordinary, sensitive, text.strip());
        return here();
    }

    private String here() {
        return "/oversight/export?faces-redirect=true&id=" + id;
    }

    public DataExportView getExport() {
        DataExportView found = export;
        if (found == null) {
            throw new NotFound("oversight.export-not-found", "No such request");
        }
        return found;
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public String getRecipient() {
        return recipient;
    }

    public void setRecipient(@Nullable String recipient) {
        this.recipient = recipient == null ? "" : recipient;
    }

    public String getCountry() {
        return country;
    }

    public void setCountry(@Nullable String country) {
        this.country = country == null ? "" : country;
    }

    public String getPurpose() {
        return purpose;
    }

    public void setPurpose(@Nullable String purpose) {
        this.purpose = purpose == null ? "" : purpose;
    }

    public String getLegalBasis() {
        return legalBasis;
    }

    public void setLegalBasis(@Nullable String legalBasis) {
        this.legalBasis = legalBasis == null ? "" : legalBasis;
    }

    public String getCategories() {
        return categories;
    }

    public void setCategories(@Nullable String categories) {
        this.categories = categories == null ? "" : categories;
    }

    public long getOrdinary() {
        return ordinary;
    }

    public void setOrdinary(long ordinary) {
        this.ordinary = ordinary;
    }

    public long getSensitive() {
        return sensitive;
    }

    public void setSensitive(long sensitive) {
        this.sensitive = sensitive;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }
}
