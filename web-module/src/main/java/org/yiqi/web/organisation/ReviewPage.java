package org.yiqi.web.organisation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.CredentialView;
import org.yiqi.organisation.Credentials;
import org.yiqi.organisation.Qualification;
import org.yiqi.organisation.ReviewView;
import org.yiqi.organisation.Reviews;
import org.yiqi.organisation.Standing;
import org.yiqi.shared.tenancy.Caller;

/** One review: what was handed in, what the rules ask for, and the reviewer's three answers. */
@Named
@RequestScoped
public class ReviewPage {

    @Inject
    Reviews reviews;

    @Inject
    Credentials credentials;

    @Inject
    Qualification qualification;

    @Inject
    Caller caller;

    private @Nullable ReviewView review;
    private @Nullable Standing standing;
    private @Nullable String reason;

    public ReviewView getReview() {
        ReviewView view = review;
        if (view == null) {
            view = reviews.get(known());
            review = view;
        }
        return view;
    }

    public Standing getStanding() {
        Standing s = standing;
        if (s == null) {
            s = qualification.standing(getReview().organisationId());
            standing = s;
        }
        return s;
    }

    public List<CredentialView> getCredentials() {
        return credentials.list(getReview().organisationId());
    }

    public boolean isClaimable() {
        return caller.has("PLATFORM_REVIEWER") && getReview().status().equals("SUBMITTED");
    }

    public boolean isDecidable() {
        return caller.has("PLATFORM_REVIEWER") && getReview().status().equals("REVIEWING");
    }

    /** The first reviewer looks and asks; approving is the second's. */
    public boolean isSecond() {
        return isDecidable() && !caller.personId().equals(getReview().claimedBy());
    }

    public String claim() {
        reviews.claim(known());
        return here();
    }

    public String requestCorrection() {
        reviews.requestCorrection(known(), given());
        return here();
    }

    public String approve() {
        reviews.approve(known());
        return here();
    }

    public String reject() {
        reviews.reject(known(), given());
        return here();
    }

    /** Sends the file that the address asks for. */
    public void download() throws IOException {
        UUID credential = RequestedId.get("file");
        if (credential != null) {
            Downloads.send(credentials.file(getReview().organisationId(), credential));
        }
    }

    private String given() {
        return reason == null ? "" : reason;
    }

    private static UUID known() {
        return RequestedId.require();
    }

    private static String here() {
        return "/organisation/review?faces-redirect=true&id=" + known();
    }

    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(@Nullable String reason) {
        this.reason = reason;
    }
}
