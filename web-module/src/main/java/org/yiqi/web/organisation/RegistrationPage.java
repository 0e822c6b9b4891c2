package org.yiqi.web.organisation;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yiqi.organisation.OrganisationKind;
import org.yiqi.organisation.OrganisationProfile;
import org.yiqi.organisation.RegisterOrganisation;
import org.yiqi.organisation.Registration;
import org.yiqi.web.shell.Language;

/** Registration in two short steps: the organisation, then the person who administers it. */
@Named
@ViewScoped
public class RegistrationPage implements Serializable {

    @Inject
    transient Registration registration;

    @Inject
    transient Language language;

    private int step = 1;
    private OrganisationKind kind = OrganisationKind.HOSPITAL;
    private String nameZh = "";
    private String nameEn = "";
    private String creditCode = "";
    private String regionCode = "";
    private @Nullable String address;
    private String name = "";
    private String username = "";
    private String password = "";
    private @Nullable String email;
    private @Nullable String phone;

    public List<OrganisationKind> getKinds() {
        return Arrays.stream(OrganisationKind.values())
                .filter(OrganisationKind::registersItself)
                .toList();
    }

    public void forward() {
        step = 2;
    }

    public void back() {
        step = 1;
    }

    public void register() {
        registration.register(new RegisterOrganisation(
                kind,
                creditCode,
                null,
                new OrganisationProfile(nameZh, nameEn, regionCode, address, null, name, phone, email),
                username,
                password,
                name,
                language.getTag()));
        password = "";
        step = 3;
    }

    public int getStep() {
        return step;
    }

    public OrganisationKind getKind() {
        return kind;
    }

    public void setKind(OrganisationKind kind) {
        this.kind = kind;
    }

    public String getNameZh() {
        return nameZh;
    }

    public void setNameZh(String nameZh) {
        this.nameZh = nameZh;
    }

    public String getNameEn() {
        return nameEn;
    }

    public void setNameEn(String nameEn) {
        this.nameEn = nameEn;
    }

    public String getCreditCode() {
        return creditCode;
    }

    public void setCreditCode(String creditCode) {
        this.creditCode = creditCode;
    }

    public String getRegionCode() {
        return regionCode;
    }

    public void setRegionCode(String regionCode) {
        this.regionCode = regionCode;
    }

    public @Nullable String getAddress() {
        return address;
    }

    public void setAddress(@Nullable String address) {
        this.address = address;
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

    public @Nullable String getEmail() {
        return email;
    }

    public void setEmail(@Nullable String email) {
        this.email = email;
    }

    public @Nullable String getPhone() {
        return phone;
    }

    public void setPhone(@Nullable String phone) {
        this.phone = phone;
    }
}
