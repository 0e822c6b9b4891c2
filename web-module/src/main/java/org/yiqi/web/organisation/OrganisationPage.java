package org.yiqi.web.organisation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.CredentialView;
import org.yiqi.organisation.Credentials;
import org.yiqi.organisation.NewCredential;
import org.yiqi.organisation.OrganisationView;
import org.yiqi.organisation.Organisations;
import org.yiqi.organisation.Qualification;
import org.yiqi.organisation.Standing;
import org.yiqi.organisation.Supervision;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.Scope;

/** One organisation: what it says of itself; for those concerned also how it stands, its credentials and what to do. */
@Named
@RequestScoped
public class OrganisationPage {

    @Inject
    Organisations organisations;

    @Inject
    Credentials credentials;

    @Inject
    Qualification qualification;

    @Inject
    Supervision supervision;

    @Inject
    Caller caller;

    private @Nullable OrganisationView organisation;
    private @Nullable Standing standing;
    private @Nullable String type;
    private @Nullable String number;
    private @Nullable String issuer;
    private @Nullable LocalDate validFrom;
    private @Nullable LocalDate validTo;
    private @Nullable Part file;
    private @Nullable String reason;

    public OrganisationView getOrganisation() {
        OrganisationView view = organisation;
        if (view == null) {
            view = organisations.get(getId());
            organisation = view;
        }
        return view;
    }

    public boolean isOwn() {
        return getId().equals(caller.orgId());
    }

    /** Whether the reader may see more than the directory shows. */
    public boolean isInsight() {
        return isOwn() || caller.scope() != Scope.MEMBER;
    }

    public Standing getStanding() {
        Standing s = standing;
        if (s == null) {
            s = qualification.standing(getId());
            standing = s;
        }
        return s;
    }

    public boolean isSubmittable() {
        Standing s = getStanding();
        boolean open = s.review() != null
                && (s.review().status().equals("SUBMITTED")
                        || s.review().status().equals("REVIEWING"));
        boolean news = getCredentials().stream().anyMatch(c -> c.verifiedAt() == null);
        return isOwn() && s.complete() && !open && (news || !s.status().equals("APPROVED"));
    }

    public List<CredentialView> getCredentials() {
        return credentials.list(getId());
    }

    /** Adds a credential with its file in one step: the form asks for both. */
    public String add() throws IOException {
        byte[] content;
        Part part = file;
        if (part == null || type == null || number == null || issuer == null || validFrom == null) {
            return "";
        }
        try (var in = part.getInputStream()) {
            content = in.readNBytes(Credentials.LARGEST_FILE + 1);
        }
        NewCredential credential = new NewCredential(type, number, issuer, "", validFrom, validTo);
        credentials.addWithFile(getId(), credential, name(part), content);
        return here();
    }

    public String withdraw(UUID credential) {
        credentials.withdraw(getId(), credential);
        return here();
    }

    public String submit() {
        qualification.submit(getId());
        return here();
    }

    public String suspend() {
        supervision.suspend(getId(), given(reason));
        return here();
    }

    public String reinstate() {
        supervision.reinstate(getId(), given(reason));
        return here();
    }

    public String revoke() {
        supervision.revoke(getId(), given(reason));
        return here();
    }

    /** Sends the file that the address asks for. */
    public void download() throws IOException {
        UUID credential = RequestedId.get("file");
        if (credential != null) {
            Downloads.send(credentials.file(getId(), credential));
        }
    }

    private String here() {
        return "/organisation/organisation?faces-redirect=true&id=" + getId();
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String name(Part part) {
        String submitted = part.getSubmittedFileName();
        String name = submitted == null || submitted.isBlank() ? "document" : submitted;
        return name.length() > 200 ? name.substring(name.length() - 200) : name;
    }

    public UUID getId() {
        UUID given = RequestedId.get("id");
        return given == null ? caller.orgId() : given;
    }

    public @Nullable String getType() {
        return type;
    }

    public void setType(@Nullable String type) {
        this.type = type;
    }

    public @Nullable String getNumber() {
        return number;
    }

    public void setNumber(@Nullable String number) {
        this.number = number;
    }

    public @Nullable String getIssuer() {
        return issuer;
    }

    public void setIssuer(@Nullable String issuer) {
        this.issuer = issuer;
    }

    public @Nullable LocalDate getValidFrom() {
        return validFrom;
    }

    public void setValidFrom(@Nullable LocalDate validFrom) {
        this.validFrom = validFrom;
    }

    public @Nullable LocalDate getValidTo() {
        return validTo;
    }

    public void setValidTo(@Nullable LocalDate validTo) {
        this.validTo = validTo;
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }

    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason;
    }
}
