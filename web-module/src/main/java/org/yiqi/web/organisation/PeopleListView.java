package org.yiqi.web.organisation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.InvitationView;
import org.yiqi.organisation.Invitations;
import org.yiqi.organisation.People;
import org.yiqi.organisation.PersonView;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.web.shell.ListPage;

/** The organisation's people, and the invitations that are out. */
@Named
@RequestScoped
public class PeopleListView extends ListPage<PersonView> {

    @Inject
    People people;

    @Inject
    Invitations invitations;

    @Inject
    HttpServletRequest request;

    @Inject
    @ConfigProperty(name = "yiqi.public-url")
    String publicUrl;

    private @Nullable String role;
    private @Nullable String email;
    private @Nullable String department;
    private List<String> roles = new ArrayList<>();
    private @Nullable String link;

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new HashMap<>();
        filters.put("role", role);
        return filters;
    }

    @Override
    protected Page<PersonView> find(ListQuery query) {
        return people.list(query);
    }

    @Override
    protected void each(ListQuery query, Consumer<PersonView> consumer) {
        people.export(query, consumer);
    }

    @Override
    protected List<Column<PersonView>> columns() {
        return List.of(
                column("organisation.username", PersonView::username),
                column("organisation.person", PersonView::name),
                column("organisation.department", PersonView::department),
                column("organisation.roles", p -> p.roles().stream()
                        .map(role -> texts.get("organisation.role." + role))
                        .collect(Collectors.joining(", "))),
                column(
                        "organisation.state",
                        p -> texts.get(p.active() ? "organisation.active" : "organisation.inactive")));
    }

    /** The link is shown on this answer only; it is stored nowhere. */
    public void invite() {
        InvitationView made =
                invitations.invite(email == null ? "" : email, department == null ? "" : department, roles);
        link = publicUrl + request.getContextPath() + "/invitation?token=" + made.token();
    }

    public String withdraw(UUID id) {
        invitations.withdraw(id);
        return "/organisation/people?faces-redirect=true";
    }

    public List<InvitationView> getOpenInvitations() {
        return invitations.list().stream().filter(i -> i.state().equals("OPEN")).toList();
    }

    public List<String> getAssignableRoles() {
        return people.assignableRoles();
    }

    public @Nullable String getLink() {
        return link;
    }

    public @Nullable String getRole() {
        return role;
    }

    public void setRole(@Nullable String role) {
        this.role = role;
    }

    public @Nullable String getEmail() {
        return email;
    }

    public void setEmail(@Nullable String email) {
        this.email = email;
    }

    public @Nullable String getDepartment() {
        return department;
    }

    public void setDepartment(@Nullable String department) {
        this.department = department;
    }

    public List<String> getRoles() {
        return roles;
    }

    public void setRoles(List<String> roles) {
        this.roles = roles;
    }
}
