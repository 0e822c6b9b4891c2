package org.yiqi.web.organisation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.Category;
import org.yiqi.organisation.CompetenceView;
import org.yiqi.organisation.Competences;
import org.yiqi.organisation.People;
import org.yiqi.organisation.PersonView;
import org.yiqi.organisation.SecondFactor;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.tenancy.Caller;

/** One person of the organisation: rights and what they are proved able to operate. */
@Named
@RequestScoped
public class PersonPage {

    @Inject
    People people;

    @Inject
    Competences competences;

    @Inject
    SecondFactor factor;

    @Inject
    Caller caller;

    private @Nullable PersonView person;
    private @Nullable List<String> roles;
    private @Nullable String department;
    private @Nullable Long version;
    private @Nullable String category;
    private @Nullable String certificate;
    private @Nullable LocalDate validFrom;
    private @Nullable LocalDate validTo;

    public PersonView getPerson() {
        PersonView view = person;
        if (view == null) {
            view = people.get(known());
            person = view;
        }
        return view;
    }

    public boolean isChangeable() {
        return caller.has("ORG_ADMIN") && !caller.personId().equals(known());
    }

    public boolean isTeacher() {
        return caller.has("ORG_ADMIN") || caller.has("EQUIPMENT");
    }

    public List<CompetenceView> getCompetences() {
        return competences
                .list(ListQuery.all().where("person", known().toString()))
                .items();
    }

    public List<String> getAssignableRoles() {
        return people.assignableRoles();
    }

    public String changeRoles() {
        people.changeRoles(known(), getRoles(), department == null ? "" : department, getVersion());
        return here();
    }

    public String deactivate() {
        people.deactivate(known(), getVersion());
        return here();
    }

    public String reactivate() {
        people.reactivate(known(), getVersion());
        return here();
    }

    /** For a colleague who lost the telephone and the codes. */
    public String resetFactor() {
        factor.reset(known());
        return here();
    }

    public List<String> getCategories() {
        return Category.all();
    }

    public String addCompetence() {
        if (category != null && validFrom != null && validTo != null) {
            competences.add(known(), category, certificate == null ? "" : certificate, validFrom, validTo);
        }
        return here();
    }

    public String revokeCompetence(UUID competence) {
        competences.revoke(competence);
        return here();
    }

    private static UUID known() {
        return RequestedId.require();
    }

    private static String here() {
        return "/organisation/person?faces-redirect=true&id=" + known();
    }

    public List<String> getRoles() {
        return roles == null ? getPerson().roles() : roles;
    }

    public void setRoles(List<String> roles) {
        this.roles = roles;
    }

    public String getDepartment() {
        return department == null ? getPerson().department() : department;
    }

    public void setDepartment(@Nullable String department) {
        this.department = department == null ? "" : department;
    }

    public long getVersion() {
        return version == null ? getPerson().version() : version;
    }

    public void setVersion(long version) {
        this.version = version;
    }

    public @Nullable String getCategory() {
        return category;
    }

    public void setCategory(@Nullable String category) {
        this.category = category;
    }

    public @Nullable String getCertificate() {
        return certificate;
    }

    public void setCertificate(@Nullable String certificate) {
        this.certificate = certificate;
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
}
