package org.yiqi.demo;

import java.util.List;
import java.util.Map;

/** What breaks in which kind of device, what was found, what was done, and which part it took. */
final class DemoFaults {

    /**
     * A fault.
     *
     * @param part number of the part that mends it, empty when none is needed
     */
    record Fault(String symptom, String description, String diagnosis, String work, String part) {}

    private static final Map<String, List<Fault>> BY_CATEGORY = Map.ofEntries(
            Map.entry(
                    "MRI",
                    List.of(
                            new Fault("OVERHEATING", "冷却水温偏高，扫描自动中断", "水冷机组换热器堵塞", "清洗换热器，补充冷却液", ""),
                            new Fault("NOISE", "梯度线圈运行异响", "梯度放大器风扇磨损", "更换风扇模块", "MR-FAN-20"))),
            Map.entry(
                    "CT",
                    List.of(
                            new Fault("ERROR_MESSAGE", "机架旋转报错 E-217", "滑环碳刷磨损", "更换碳刷并校准转速", "CT-BRUSH-8"),
                            new Fault("OVERHEATING", "球管热容量报警，等待时间长", "油循环泵流量不足", "更换油泵，排气", "CT-OILPUMP"))),
            Map.entry(
                    "XRAY",
                    List.of(
                            new Fault("WRONG_RESULT", "图像有固定条纹伪影", "平板探测器标定漂移", "重新标定探测器", ""),
                            new Fault("MECHANICAL", "立柱升降卡滞", "导轨缺油，钢丝绳磨损", "更换钢丝绳并润滑", "DR-CABLE-3"))),
            Map.entry(
                    "ULTRASOUND",
                    List.of(
                            new Fault("WRONG_RESULT", "探头成像有暗区", "探头阵元损坏", "更换凸阵探头", "US-PROBE-C5"),
                            new Fault("NETWORK", "图像无法上传 PACS", "DICOM 节点配置丢失", "恢复网络与 DICOM 配置", ""))),
            Map.entry(
                    "VENTILATOR",
                    List.of(
                            new Fault("ALARM", "潮气量报警反复出现", "流量传感器老化", "更换流量传感器并校准", "VT-FLOW-2"),
                            new Fault("NO_POWER", "断电后电池不能维持", "备用电池容量不足", "更换电池组", "VT-BATT-24"))),
            Map.entry("ANAESTHESIA", List.of(new Fault("LEAK", "回路自检泄漏超限", "蒸发罐接口密封圈老化", "更换密封圈，泄漏复测合格", "AN-SEAL-6"))),
            Map.entry(
                    "MONITOR",
                    List.of(
                            new Fault("NO_POWER", "开机无显示", "电源板电容失效", "更换电源板", "MO-PSU-12"),
                            new Fault("WRONG_RESULT", "血氧读数漂移", "血氧探头线断裂", "更换血氧探头", "MO-SPO2"))),
            Map.entry(
                    "INFUSION_PUMP",
                    List.of(
                            new Fault("ALARM", "阻塞报警误报", "压力传感器漂移", "校准压力传感器", ""),
                            new Fault("MECHANICAL", "推杆行走不均匀", "丝杆磨损", "更换丝杆组件", "SP-SCREW"))),
            Map.entry("DEFIBRILLATOR", List.of(new Fault("ALARM", "每日自检电池项不通过", "电池老化", "更换电池并充放电测试", "DF-BATT-9"))),
            Map.entry("ECG", List.of(new Fault("WRONG_RESULT", "V3 导联持续脱落提示", "导联线断芯", "更换导联线", "EC-LEAD-10"))),
            Map.entry("DIALYSIS", List.of(new Fault("LEAK", "透析液管路接头渗漏", "快速接头 O 型圈老化", "更换 O 型圈，压力试验合格", "HD-ORING"))),
            Map.entry(
                    "INCUBATOR", List.of(new Fault("OVERHEATING", "箱温超过设定 1.5 ℃", "温度传感器漂移", "更换传感器并校准", "IN-TEMP-1"))),
            Map.entry("ENDOSCOPY", List.of(new Fault("WRONG_RESULT", "图像偏色，白平衡失败", "光源氙灯衰减", "更换氙灯", "EN-LAMP"))),
            Map.entry("LABORATORY", List.of(new Fault("MECHANICAL", "加样针卡滞", "导轨污染", "清洁导轨，更换加样针", "LA-NEEDLE"))));

    private DemoFaults() {}

    static Fault of(String category, int luck) {
        List<Fault> faults =
                BY_CATEGORY.getOrDefault(category, List.of(new Fault("OTHER", "运行异常", "需现场检查", "检查并恢复", "")));
        return faults.get(Math.floorMod(luck, faults.size()));
    }
}
