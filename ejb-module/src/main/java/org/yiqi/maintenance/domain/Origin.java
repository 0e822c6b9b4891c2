package org.yiqi.maintenance.domain;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.yiqi.maintenance.RequestSource;
import org.yiqi.maintenance.Symptom;
import org.yiqi.maintenance.WorkOrderKind;

/** An {@link Opening} as it is kept: why the order exists. Never changes. */
@Embeddable
@Access(AccessType.FIELD)
class Origin {

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private WorkOrderKind kind;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private RequestSource source;

    @Column(updatable = false)
    private String cause;

    @Column(name = "requester_org", updatable = false)
    private @Nullable UUID requesterOrg;

    @Column(name = "requester_id", updatable = false)
    private @Nullable UUID requesterId;

    @Column(name = "parent_id", updatable = false)
    private @Nullable UUID parentId;

    @Column(name = "plan_id", updatable = false)
    private @Nullable UUID planId;

    @Column(name = "episode_id", updatable = false)
    private @Nullable UUID episodeId;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Symptom symptom;

    @Column(updatable = false)
    private String description;

    @Column(updatable = false)
    private boolean safety;

    @Column(updatable = false)
    private String severity;

    protected Origin() {}

    Origin(Opening why) {
        kind = why.kind();
        source = why.source();
        cause = why.cause();
        requesterOrg = why.requesterOrg();
        requesterId = why.requesterId();
        parentId = why.parentId();
        planId = why.planId();
        episodeId = why.episodeId();
        symptom = why.symptom();
        description = why.description();
        safety = why.safety();
        severity = why.severity();
    }

    WorkOrderKind kind() {
        return kind;
    }

    @Nullable
    UUID planId() {
        return planId;
    }

    boolean isSafety() {
        return safety;
    }
}
