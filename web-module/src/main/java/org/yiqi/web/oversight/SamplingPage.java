package org.yiqi.web.oversight;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;
import org.yiqi.oversight.SampleView;
import org.yiqi.oversight.Samples;
import org.yiqi.oversight.SamplingStratum;
import org.yiqi.oversight.SamplingView;
import org.yiqi.oversight.Samplings;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.list.Page;
import org.yiqi.shared.problem.NotFound;
import org.yiqi.shared.tenancy.Caller;
import org.yiqi.web.shell.Lang;
import org.yiqi.web.shell.ListPage;

/** One inspection by sample: its population and draw, the devices to inspect, and the one whose finding is being written down. */
@Named
@RequestScoped
public class SamplingPage extends ListPage<SampleView> {

    @Inject
    Samplings samplings;

    @Inject
    Samples samples;

    @Inject
    Caller caller;

    private String id = "";
    private @Nullable String sample;
    private @Nullable String deviceClass;
    private @Nullable String result;
    private @Nullable SamplingView sampling;
    private String word = "";
    private String outcome = "CONFORMS";
    private String finding = "";

    /** A form of this page is decoded before Faces updates its view parameters: what it is about is known at once. */
    @PostConstruct
    void readAddress() {
        setId(Faces.getRequestParameter("id"));
        setSample(Faces.getRequestParameter("sample"));
    }

    public SamplingView getSampling() {
        SamplingView known = sampling;
        if (known == null) {
            known = samplings.get(uuid(id));
            sampling = known;
        }
        return known;
    }

    public List<SamplingStratum> getStrata() {
        return samplings.strata(uuid(id));
    }

    /** The device whose finding is being written down, if the address names one. */
    public @Nullable SampleView getOne() {
        return sample == null ? null : samples.get(uuid(id), uuid(sample));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound("oversight.sampling-not-found", "No such inspection", e);
        }
    }

    public boolean isMine() {
        return getSampling().orgId().equals(caller.orgId());
    }

    public String draw() {
        String seen = Faces.getRequestParameter("seen");
        long version =
                seen == null || !seen.matches("\\d{1,18}") ? getSampling().version() : Long.parseLong(seen);
        samplings.draw(uuid(id), version, word);
        return here();
    }

    public String inspect() {
        samples.inspect(uuid(id), uuid(String.valueOf(sample)), outcome, finding);
        return here();
    }

    public String openCase() {
        return "/oversight/cases?faces-redirect=true&id="
                + samples.openCase(uuid(id), uuid(String.valueOf(sample))).id();
    }

    private String here() {
        return "/oversight/sampling?faces-redirect=true&id=" + id;
    }

    @Override
    protected Map<String, @Nullable String> filters() {
        Map<String, @Nullable String> filters = new LinkedHashMap<>();
        filters.put("class", deviceClass);
        filters.put("result", result);
        return filters;
    }

    @Override
    protected Map<String, String> manner() {
        return Map.of("id", id);
    }

    @Override
    protected Page<SampleView> find(ListQuery query) {
        return samples.list(uuid(id), query);
    }

    @Override
    protected void each(ListQuery query, Consumer<SampleView> consumer) {
        samples.export(uuid(id), query, consumer);
    }

    @Override
    protected List<Column<SampleView>> columns() {
        return List.of(
                column("oversight.sampling.class", SampleView::deviceClass),
                column("oversight.sampling.position", SampleView::position),
                column("oversight.unit", this::unit),
                column("oversight.serial", SampleView::serial),
                column("oversight.assetTag", SampleView::assetTag),
                column("oversight.recall.region", SampleView::regionCode),
                column("oversight.recall.custodian", s -> name(s.custodianZh(), s.custodianEn())),
                column("oversight.sampling.result", s -> texts.get("oversight.sampling.result." + s.result())),
                column("oversight.sampling.finding", SampleView::finding),
                column("oversight.sampling.inspectedAt", SampleView::inspectedAt),
                column("oversight.case", SampleView::caseNumber));
    }

    public String unit(SampleView each) {
        return name(each.nameZh(), each.nameEn());
    }

    /** A name in the reader's language. */
    public String name(String zh, String en) {
        String first = language.get() == Lang.EN ? en : zh;
        return first.isEmpty() ? zh + en : first;
    }

    public List<String> getOutcomes() {
        return List.of("CONFORMS", "FINDING", "NOT_FOUND");
    }

    public String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id == null ? "" : id;
    }

    public @Nullable String getSample() {
        return sample;
    }

    public void setSample(@Nullable String sample) {
        this.sample = sample == null || sample.isBlank() ? null : sample;
    }

    public @Nullable String getDeviceClass() {
        return deviceClass;
    }

    public void setDeviceClass(@Nullable String deviceClass) {
        this.deviceClass = deviceClass == null || deviceClass.isBlank() ? null : deviceClass;
    }

    public @Nullable String getResult() {
        return result;
    }

    public void setResult(@Nullable String result) {
        this.result = result == null || result.isBlank() ? null : result;
    }

    public String getWord() {
        return word;
    }

    public void setWord(@Nullable String word) {
        this.word = word == null ? "" : word;
    }

    public String getOutcome() {
        return outcome;
    }

    public void setOutcome(@Nullable String outcome) {
        this.outcome = outcome == null ? "" : outcome;
    }

    public String getFinding() {
        return finding;
    }

    public void setFinding(@Nullable String finding) {
        this.finding = finding == null ? "" : finding;
    }
}
