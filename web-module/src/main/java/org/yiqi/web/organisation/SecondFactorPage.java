package org.yiqi.web.organisation;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.SecondFactor;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.shared.tenancy.YiqiPrincipal;
import org.yiqi.web.shell.QrCode;

/** The own second factor: switched on by scanning and typing one code; codes for the worst case are shown once. */
@Named
@ViewScoped
public class SecondFactorPage implements Serializable {

    @Inject
    SecondFactor factor;

    @Inject
    Caller caller;

    private String code = "";
    private transient SecondFactor.@Nullable Enrolment enrolment;
    private transient @Nullable List<String> codes;

    public SecondFactor.State getState() {
        return factor.state();
    }

    /** Whether the person gets no further without one. */
    public boolean isForced() {
        YiqiPrincipal person = caller.find();
        return person != null && person.mustEnrol();
    }

    public boolean isRuler() {
        return caller.has("ORG_ADMIN");
    }

    public void begin() {
        enrolment = factor.begin();
        codes = null;
    }

    public void confirm() {
        codes = factor.confirm(code);
        enrolment = null;
        code = "";
    }

    public void renew() {
        codes = factor.renewCodes(code);
        code = "";
    }

    public void end() {
        factor.end(code);
        codes = null;
        code = "";
    }

    public void require(boolean required) {
        factor.require(caller.orgId(), required);
    }

    public SecondFactor.@Nullable Enrolment getEnrolment() {
        return enrolment;
    }

    public String getPicture() {
        SecondFactor.Enrolment shown = enrolment;
        return shown == null ? "" : QrCode.dataUri(shown.uri());
    }

    /** In groups of four, as it is typed. */
    public String getTyped() {
        SecondFactor.Enrolment shown = enrolment;
        return shown == null ? "" : shown.secret().replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** The recovery codes of this answer; the next knows them no more. */
    public @Nullable List<String> getCodes() {
        return codes;
    }

    public String getCode() {
        return code;
    }

    public void setCode(@Nullable String code) {
        this.code = code == null ? "" : code;
    }
}
