package org.yiqi.web.disposal;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.disposal.AuctionAwards;
import org.yiqi.disposal.AuctionKind;
import org.yiqi.disposal.Auctions;
import org.yiqi.disposal.CertificateKind;
import org.yiqi.disposal.DisposalActs;
import org.yiqi.disposal.DisposalHandovers;
import org.yiqi.disposal.DisposalView;
import org.yiqi.disposal.ListUnit;
import org.yiqi.disposal.MediumKind;
import org.yiqi.disposal.Outcome;
import org.yiqi.disposal.Sanitisation;
import org.yiqi.disposal.WipeMethod;
import org.yiqi.shared.Money;
import org.yiqi.shared.problem.RuleViolation;

/** A disposal from the certificates to its end, on the page of {@link DisposalPage}. */
@Named
@ViewScoped
public class DisposalEndPage implements Serializable {

    private static final String CURRENCY = "CNY";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    @Inject
    Sanitisation sanitisation;

    @Inject
    Auctions auctions;

    @Inject
    AuctionAwards awards;

    @Inject
    DisposalHandovers handovers;

    @Inject
    DisposalActs acts;

    private final List<MediumLine> media = new ArrayList<>(List.of(new MediumLine()));
    private CertificateKind kind = CertificateKind.DECONTAMINATION;
    private String medium = "";
    private @Nullable WipeMethod method;
    private String issuer = "";
    private @Nullable LocalDate issuedOn;
    private String document = "";
    private AuctionKind auctionKind = AuctionKind.ENGLISH;
    private String description = "";
    private @Nullable BigDecimal start;
    private @Nullable BigDecimal step;
    private int stepSeconds = 60;
    private @Nullable BigDecimal reserve;
    private String closesAt = "";
    private String text = "";
    private Outcome outcome = Outcome.DESTROYED;
    private String number = "";
    private final Weights weights = new Weights();

    /** A medium as it is typed. */
    public static final class MediumLine implements Serializable {

        private MediumKind kind = MediumKind.SOLID_STATE;
        private String label = "";

        public MediumKind getKind() {
            return kind;
        }

        public void setKind(MediumKind kind) {
            this.kind = kind;
        }

        public String getLabel() {
            return label;
        }

        public void setLabel(@Nullable String label) {
            this.label = label == null ? "" : label;
        }
    }

    public List<String> missing(DisposalView disposal) {
        return sanitisation.missing(disposal);
    }

    public boolean mustSign(DisposalView disposal) {
        return acts.isCallersToSign(disposal);
    }

    public String sign(UUID id) {
        return DisposalPage.to(acts.sign(id));
    }

    /** What keeps data as it is typed; nothing at all says that nothing does. */
    public String stateMedia(UUID id) {
        return DisposalPage.to(sanitisation.stateMedia(
                id,
                media.stream()
                        .filter(m -> !m.label.isBlank())
                        .map(m -> new Sanitisation.StatedMedium(m.kind, m.label))
                        .toList()));
    }

    public void addMedium() {
        media.add(new MediumLine());
    }

    public String certify(UUID id) {
        LocalDate day = issuedOn;
        if (day == null) {
            throw new RuleViolation("disposal.certificate-invalid", "Say when it was issued").at("/issuedOn", "a day");
        }
        return DisposalPage.to(sanitisation.certify(
                id,
                new Sanitisation.NewCertificate(
                        kind,
                        kind == CertificateKind.WIPE && !medium.isEmpty() ? DisposalPage.uuid(medium) : null,
                        kind == CertificateKind.WIPE ? method : null,
                        issuer,
                        day,
                        document.isEmpty() ? null : DisposalPage.uuid(document))));
    }

    public String list(UUID id) {
        UUID auction = auctions.open(
                        id,
                        new ListUnit(
                                auctionKind,
                                description,
                                money(start),
                                step == null ? money(start) : money(step),
                                stepSeconds,
                                money(reserve),
                                null,
                                AuctionPage.instant(closesAt, ZONE)))
                .id();
        return "/disposal/auction?faces-redirect=true&id=" + auction;
    }

    public String accept(UUID id) {
        return DisposalPage.to(awards.verify(id, true, ""));
    }

    public String passOver(UUID id) {
        return DisposalPage.to(awards.verify(id, false, text));
    }

    public String paid(UUID id) {
        return DisposalPage.to(awards.paid(id, text));
    }

    public String award(UUID id) {
        return DisposalPage.to(handovers.award(id));
    }

    public String handOver(UUID id) {
        return DisposalPage.to(handovers.handOver(id));
    }

    public String end(UUID id) {
        return DisposalPage.to(
                handovers.certify(id, new DisposalHandovers.EndCertificate(outcome, number, weights.read())));
    }

    private static Money money(@Nullable BigDecimal amount) {
        return amount == null ? Money.zero(CURRENCY) : Money.of(amount, CURRENCY);
    }

    public List<MediumLine> getMedia() {
        return media;
    }

    public CertificateKind getKind() {
        return kind;
    }

    public void setKind(CertificateKind kind) {
        this.kind = kind;
    }

    public String getMedium() {
        return medium;
    }

    public void setMedium(@Nullable String medium) {
        this.medium = medium == null ? "" : medium;
    }

    public @Nullable WipeMethod getMethod() {
        return method;
    }

    public void setMethod(@Nullable WipeMethod method) {
        this.method = method;
    }

    public String getIssuer() {
        return issuer;
    }

    public void setIssuer(@Nullable String issuer) {
        this.issuer = issuer == null ? "" : issuer;
    }

    public @Nullable LocalDate getIssuedOn() {
        return issuedOn;
    }

    public void setIssuedOn(@Nullable LocalDate issuedOn) {
        this.issuedOn = issuedOn;
    }

    public String getDocument() {
        return document;
    }

    public void setDocument(@Nullable String document) {
        this.document = document == null ? "" : document;
    }

    public AuctionKind getAuctionKind() {
        return auctionKind;
    }

    public void setAuctionKind(AuctionKind auctionKind) {
        this.auctionKind = auctionKind;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(@Nullable String description) {
        this.description = description == null ? "" : description;
    }

    public @Nullable BigDecimal getStart() {
        return start;
    }

    public void setStart(@Nullable BigDecimal start) {
        this.start = start;
    }

    public @Nullable BigDecimal getStep() {
        return step;
    }

    public void setStep(@Nullable BigDecimal step) {
        this.step = step;
    }

    public int getStepSeconds() {
        return stepSeconds;
    }

    public void setStepSeconds(int stepSeconds) {
        this.stepSeconds = stepSeconds;
    }

    public @Nullable BigDecimal getReserve() {
        return reserve;
    }

    public void setReserve(@Nullable BigDecimal reserve) {
        this.reserve = reserve;
    }

    public String getClosesAt() {
        return closesAt;
    }

    public void setClosesAt(@Nullable String closesAt) {
        this.closesAt = closesAt == null ? "" : closesAt;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }

    public Outcome getOutcome() {
        return outcome;
    }

    public void setOutcome(Outcome outcome) {
        this.outcome = outcome;
    }

    public String getNumber() {
        return number;
    }

    public void setNumber(@Nullable String number) {
        this.number = number == null ? "" : number;
    }

    public Weights getWeights() {
        return weights;
    }
}
