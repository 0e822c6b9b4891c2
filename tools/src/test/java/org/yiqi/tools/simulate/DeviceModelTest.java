package org.yiqi.tools.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceModelTest {

    @Test
    void theSameSeedTellsTheSameStory() {
        DeviceModel one = new DeviceModel("CT", null, 7);
        DeviceModel other = new DeviceModel("CT", null, 7);
        for (int second = 0; second < 100; second++) {
            assertEquals(one.at(second), other.at(second));
        }
    }

    @Test
    void aHealthyScannerStaysWithinItsLimits() {
        DeviceModel mri = new DeviceModel("MRI", null, 1);
        for (int second = 0; second < 3_600; second++) {
            Map<String, Double> values = mri.at(second);
            assertTrue(values.getOrDefault("coolingTemperature", 99.0) < 14, values::toString);
            assertTrue(values.getOrDefault("heliumLevel", 0.0) > 65, values::toString);
        }
    }

    @Test
    void aFailedChillerWarmsTheWaterBeyondTheLimitAndKeepsItThere() {
        DeviceModel mri = new DeviceModel("MRI", Fault.MRI_COOLING, 1);
        for (int second = 70; second < 300; second++) {
            assertTrue(mri.at(second).getOrDefault("coolingTemperature", 0.0) > 18);
        }
    }

    @Test
    void anAgeingTubeStaysHotEvenBetweenScans() {
        DeviceModel ct = new DeviceModel("CT", Fault.CT_TUBE_AGEING, 1);
        boolean tooHot = false;
        for (int second = 70; second < 300; second++) {
            tooHot |= ct.at(second).getOrDefault("tubeTemperature", 0.0) > 85;
        }
        assertTrue(tooHot);
    }

    @Test
    void anUnknownFaultIsRefusedWithTheKnownOnes() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Fault.named("fire"));
        assertTrue(String.valueOf(refused.getMessage()).contains("mri-cooling"));
    }
}
