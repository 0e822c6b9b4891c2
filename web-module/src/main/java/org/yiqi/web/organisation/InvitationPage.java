package org.yiqi.web.organisation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.organisation.Invitations;
import org.yiqi.web.shell.Language;

/** What the link of an invitation opens. */
@Named
@RequestScoped
public class InvitationPage {

    @Inject
    Invitations invitations;

    @Inject
    Language language;

    private String token = "";
    private String name = "";
    private String username = "";
    private String password = "";

    /** The form is decoded before Faces updates its view parameters: whose invitation it is, is known from the address at once. */
    @PostConstruct
    void readAddress() {
        setToken(Faces.getRequestParameter("token"));
    }

    public Invitations.@Nullable OpenInvitation getInvitation() {
        return invitations.open(token).orElse(null);
    }

    public String accept() {
        invitations.accept(token, username, password, name, language.getTag());
        return "/login?faces-redirect=true";
    }

    /** With the account that the person has: the same login, one more organisation. */
    public String join() {
        invitations.join(token);
        return "/index?faces-redirect=true";
    }

    /** This page, to come back to after signing in. */
    public String getAddress() {
        return URLEncoder.encode("/invitation?token=" + token, StandardCharsets.UTF_8);
    }

    public String getToken() {
        return token;
    }

    public void setToken(@Nullable String token) {
        this.token = token == null ? "" : token;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }
}
