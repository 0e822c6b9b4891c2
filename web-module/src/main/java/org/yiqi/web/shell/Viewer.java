package org.yiqi.web.shell;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.Account;
import org.yiqi.organisation.MembershipView;
import org.yiqi.shared.tenancy.Caller;

/** Who looks at the page, as the top bar shows it. */
@Named
@RequestScoped
public class Viewer {

    @Inject
    HttpServletRequest request;

    @Inject
    Caller caller;

    @Inject
    Language language;

    @Inject
    Account account;

    private Account.@Nullable Me me;
    private @Nullable List<MembershipView> others;

    public boolean isSignedIn() {
        return caller.isSignedIn();
    }

    public String getName() {
        return isSignedIn() ? me().name() : "";
    }

    /** The organisation that the person acts for. */
    public String getOrganisation() {
        if (!isSignedIn()) {
            return "";
        }
        return language.get() == Lang.ZH ? me().organisationNameZh() : me().organisationNameEn();
    }

    /** The other organisations that the person may act for. */
    public List<MembershipView> getOthers() {
        List<MembershipView> known = others;
        if (known == null) {
            known = isSignedIn()
                    ? account.memberships().stream()
                            .filter(m -> !m.organisationId().equals(caller.orgId()))
                            .toList()
                    : List.of();
            others = known;
        }
        return known;
    }

    private Account.Me me() {
        Account.Me known = me;
        if (known == null) {
            known = account.me();
            me = known;
        }
        return known;
    }

    /** The first character of the name, for the round picture. */
    public String getInitial() {
        String name = getName();
        return name.isEmpty()
                ? ""
                : name.substring(0, name.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
    }

    /** {@code #{viewer.has('EQUIPMENT')}} decides what a page offers; the services decide what is allowed. */
    public boolean has(String role) {
        return caller.has(role);
    }

    /** Separates the drafts of people who share a browser. */
    public String getKey() {
        return isSignedIn() ? caller.username() : "";
    }

    /** After so long without a request the session ends; 0 where there is none. */
    public int getIdleSeconds() {
        HttpSession session = request.getSession(false);
        return session == null || !isSignedIn() ? 0 : session.getMaxInactiveInterval();
    }
}
