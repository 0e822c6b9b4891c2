package org.yiqi.equipment;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yiqi.equipment.table.TableRow;
import org.yiqi.equipment.udi.Udi;
import org.yiqi.equipment.udi.UdiRefused;
import org.yiqi.shared.Amount;
import org.yiqi.shared.list.ListQuery;
import org.yiqi.shared.problem.BusinessException;
import org.yiqi.shared.problem.DatabaseRefusals;
import org.yiqi.shared.tenancy.Caller;

/** Registers units from the rows of a table, each in a transaction of its own, so that one wrong row stops no other. */
@ApplicationScoped
public class UnitRows {

    @Inject
    Units units;

    @Inject
    Models models;

    @Inject
    Caller caller;

    @Inject
    Clock clock;

    @Inject
    Validator validator;

    UUID orgId() {
        return caller.orgId();
    }

    /**
     * @return whether the unit is new; a row that says what is known already changes nothing
     * @throws RefusedRow when the row breaks a rule
     */
    boolean register(TableRow row) {
        String tag = row.text("assetTag", "资产编号", "设备编号");
        String key = tag == null ? "" : tag;
        try {
            if (tag == null) {
                throw refused(row, key, "equipment.row-incomplete", "The row has no asset tag.");
            }
            RegisterUnit command = command(row, tag);
            Set<ConstraintViolation<RegisterUnit>> wrong = validator.validate(command);
            if (!wrong.isEmpty()) {
                throw refused(
                        row,
                        key,
                        "equipment.row-invalid",
                        wrong.stream()
                                .map(v -> v.getPropertyPath() + " " + v.getMessage())
                                .sorted()
                                .collect(Collectors.joining("; ")));
            }
            if (isKnown(row, command)) {
                return false;
            }
            units.register(command);
            return true;
        } catch (UdiRefused e) {
            throw refused(row, key, e.code(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw refused(row, key, "equipment.row-invalid", String.valueOf(e.getMessage()));
        } catch (RefusedRow e) {
            throw e;
        } catch (RuntimeException e) {
            BusinessException refusal = DatabaseRefusals.in(e);
            if (refusal == null) {
                throw e;
            }
            throw refused(row, key, refusal.code(), reason(refusal));
        }
    }

    private static String reason(BusinessException refusal) {
        String fields = refusal.errors().stream()
                .map(error -> error.pointer().substring(1) + " " + error.rule())
                .collect(Collectors.joining("; "));
        return refusal.getMessage() + (fields.isEmpty() ? "" : ": " + fields);
    }

    private boolean isKnown(TableRow row, RegisterUnit command) {
        List<UnitRow> same = units.list(ListQuery.all()
                        .where("owner", caller.orgId().toString())
                        .where("assetTag", command.assetTag()))
                .items();
        if (same.isEmpty()) {
            return false;
        }
        UnitRow known = same.get(0);
        String serial = command.serial();
        if (!known.modelId().equals(command.modelId()) || (serial != null && !serial.equals(known.serial()))) {
            throw refused(
                    row, command.assetTag(), "equipment.asset-tag-taken", "Another unit has this asset tag already.");
        }
        return true;
    }

    private RegisterUnit command(TableRow row, String tag) {
        String scanned = row.text("udi", "UDI");
        LocalDate today = LocalDate.ofInstant(clock.instant(), UnitDetailsReader.ZONE);
        Udi udi = scanned == null ? null : Udi.parse(scanned, today);
        Double cost = row.number("acquisitionCost", "购置金额", "原值");
        String serial = row.text("serial", "序列号", "出厂编号");
        return new RegisterUnit(
                modelId(row, tag, udi),
                tag,
                serial == null && udi != null ? udi.serial() : serial,
                row.text("lot", "批号"),
                scanned,
                row.day("manufacturedOn", "生产日期"),
                row.day("expiresOn", "失效日期"),
                row.text("department", "科室", "使用科室"),
                row.text("regionCode", "行政区划"),
                row.text("site", "位置", "存放地点"),
                row.number("latitude", "纬度"),
                row.number("longitude", "经度"),
                row.choice(Condition.class, "condition"),
                row.choice(Criticality.class, "criticality"),
                row.day("acquiredOn", "购置日期"),
                cost == null ? null : new Amount(new BigDecimal(cost.toString()).toPlainString(), "CNY"),
                row.day("warrantyUntil", "保修至"),
                row.day("endOfSupportOn", "停止支持日期"),
                null,
                row.text("firmware", "固件版本"),
                row.text("accessories", "附件"),
                !"false".equalsIgnoreCase(row.text("inService", "在用")));
    }

    private UUID modelId(TableRow row, String tag, @Nullable Udi udi) {
        String id = row.text("modelId");
        if (id != null) {
            return UUID.fromString(id);
        }
        String typed = row.text("deviceIdentifier", "UDI-DI", "DI", "产品标识");
        String di = typed != null ? typed : udi == null ? null : udi.deviceIdentifier();
        if (di == null) {
            throw refused(
                    row, tag, "equipment.row-incomplete", "The row names no model: deviceIdentifier, udi or modelId.");
        }
        return models.byDeviceIdentifier(di)
                .map(ModelView::id)
                .orElseThrow(
                        () -> refused(row, tag, "equipment.model-not-found", "The catalogue has no model " + di + "."));
    }

    private static RefusedRow refused(TableRow row, String key, String code, String message) {
        return new RefusedRow(new ImportError(row.line(), key, code, message));
    }
}
